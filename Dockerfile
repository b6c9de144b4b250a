# syntax=docker/dockerfile:1
ARG BASE=python:3.11-slim

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python3 -m venv /opt/darkwake
COPY requirements.lock /src/
RUN /opt/darkwake/bin/pip install --require-hashes -r /src/requirements.lock
COPY pyproject.toml README.md LICENSE api.py /src/
COPY app /src/app
COPY detectors /src/detectors
COPY geodata /src/geodata
RUN /opt/darkwake/bin/pip install --no-deps /src
# Compiled for any processor of the platform: the image runs on other machines than this one.
ENV NUMBA_CPU_NAME=generic NUMBA_CPU_FEATURES= NUMBA_CACHE_DIR=/var/cache/darkwake
RUN mkdir -p /var/cache/darkwake && /opt/darkwake/bin/darkwake compile && chown -R 10001:10001 /var/cache/darkwake

FROM ${BASE}
LABEL org.opencontainers.image.title="Darkwake" org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/darkwake /opt/darkwake
COPY --from=build --chown=10001:10001 /var/cache/darkwake /var/cache/darkwake
ENV PATH=/opt/darkwake/bin:$PATH PYTHONUNBUFFERED=1 \
    NUMBA_CPU_NAME=generic NUMBA_CPU_FEATURES= NUMBA_CACHE_DIR=/var/cache/darkwake
# A volume, so that the cache stays writable under a read-only root.
VOLUME /var/cache/darkwake
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["darkwake", "serve", "--host", "0.0.0.0", "--port", "8000"]
