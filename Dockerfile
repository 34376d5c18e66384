# One image for worker, API with console, and the preparation of the record.  The lock is used as constraints: exactly its
# versions, but only of what a production site runs, without the embedded Temporal server and the tools of development.
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.lock pyproject.toml README.md ./
RUN python -m venv /opt/wanjia \
 && python -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies']))" > wanted \
 && /opt/wanjia/bin/pip install --no-cache-dir --disable-pip-version-check -c requirements.lock -r wanted

# The one script of others that pages are given; the version and its hash are those of the lock.
FROM node:24-slim AS pages
WORKDIR /pages
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin wanjia \
 && install -d -o wanjia -g wanjia -m 0700 /var/lib/wanjia
COPY --from=build /opt/wanjia /opt/wanjia
COPY . /srv/wanjia
COPY --from=pages /pages/node_modules/htmx.org/dist/htmx.min.js /srv/wanjia/node_modules/htmx.org/dist/htmx.min.js
WORKDIR /srv/wanjia
ENV PATH=/opt/wanjia/bin:$PATH PYTHONPATH=/srv/wanjia PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
EXPOSE 8000
CMD ["python", "-m", "operations.serve_api"]
