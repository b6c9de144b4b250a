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
# What no run needs: the tests and headers of the libraries, and pip.
RUN cd /opt/darkwake/lib/python3*/site-packages \
    && find . -type d -name tests -prune -exec rm -rf {} + \
    && rm -rf pip pip-*.dist-info setuptools setuptools-*.dist-info pyarrow/include \
    && rm -f /opt/darkwake/bin/pip*
# Compiled for any processor of the platform: the image runs on other machines than this one.
ENV NUMBA_CPU_NAME=generic NUMBA_CPU_FEATURES= NUMBA_CACHE_DIR=/var/cache/darkwake
# Fails where a kernel is left that the first request would have to compile.
RUN mkdir -p /var/cache/darkwake && /opt/darkwake/bin/darkwake compile && chown -R 10001:10001 /var/cache/darkwake

FROM ${BASE}
LABEL org.opencontainers.image.title="Darkwake" org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/darkwake /opt/darkwake
COPY --from=build --chown=10001:10001 /var/cache/darkwake /var/cache/darkwake
ARG COMMIT=
ENV DARKWAKE_COMMIT=${COMMIT}
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
