"""The log of a service's processes."""

import logging
import logging.config
from typing import Any

import structlog


def log_as_json() -> None:
    """One JSON object a line on standard error, our own lines and those of uvicorn."""
    shared: list[Any] = [structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True)]
    rendered = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, rendered],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(_stderr()),
        cache_logger_on_first_use=True,
    )
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processor": rendered, "foreign_pre_chain": shared}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "loggers": {"uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
        }
    )


def _stderr() -> Any:
    import sys  # noqa: PLC0415  # taken when the service starts, not when the module is read

    return sys.stderr
