"""Ways to hand a text message to somebody who delivers it: a port (`port.py`) and one module per gateway."""
