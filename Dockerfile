# 京津冀产业协同图谱 · The atlas as a container.
#   docker build -t jjj-atlas . && docker run --read-only --tmpfs /tmp -p 8050:8050 jjj-atlas
# Only /tmp is written to, by the browser while it draws: some 50 MB for each of the two workers.
# By digest, as for a release: --build-arg BASE=python:3.11-slim-bookworm@sha256:…, which
#   docker buildx imagetools inspect python:3.11-slim-bookworm --format '{{.Manifest.Digest}}'
# prints. None is written here: a digest that nobody renews keeps the faults that Debian has mended.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE}

# The font for Chinese type in exported pictures, the browser that draws them, and an init that
# takes in the processes a dying browser leaves behind.
RUN apt-get update \
 && apt-get install -y --no-install-recommends chromium fonts-noto-cjk tini \
 && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONUTF8=1 \
    JJJ_ATLAS_CACHE=/var/cache/jjj-atlas BROWSER_PATH=/usr/bin/chromium
WORKDIR /srv/atlas
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY geodata geodata
COPY dashboard dashboard
COPY assets assets
COPY run.py ./
RUN python -m pip install --no-cache-dir -c constraints.txt -e . \
 && useradd --system --no-create-home atlas \
 && install -d -o atlas /var/cache/jjj-atlas
USER atlas
# The layers are built into the image, so that a container starts at once and needs to write nothing.
RUN python run.py build

EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8050/readyz', timeout=4)"]
ENTRYPOINT ["tini", "--"]
CMD ["gunicorn", "--config", "python:dashboard.web.production", "--bind", "0.0.0.0:8050", "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "dashboard.wsgi:server"]
