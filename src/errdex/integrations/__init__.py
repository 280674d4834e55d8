"""errdex inside other libraries: loggers and telemetry. A module that begins with an underscore is private."""
