"""errdex inside other libraries: exception notes, retries, loggers, telemetry."""
