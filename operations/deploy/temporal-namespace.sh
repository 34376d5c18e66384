#!/bin/sh
# Waits for the server, then makes the namespace of the cases once.  TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE are set.
set -eu

left=30
until temporal operator cluster health >/dev/null 2>&1; do
  left=$((left - 1))
  if [ "$left" -eq 0 ]; then
    echo "Temporal did not answer at $TEMPORAL_ADDRESS" >&2
    exit 1
  fi
  sleep 2
done

# Histories of ended cases go after 30 days; the record keeps everything.
temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 \
  || temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
