# The service as a container. Where this file was written no container could be built, so it has not been tried: read it with
# that in mind, and let the first one who builds it take this line out.

FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /opt/uitvoeringsscan
COPY requirements.lock ./
RUN /opt/uitvoeringsscan/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY migrations migrations
COPY rubrics rubrics
RUN /opt/uitvoeringsscan/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
LABEL org.opencontainers.image.title="uitvoeringsscan" \
      org.opencontainers.image.licenses="EUPL-1.2"
RUN useradd --system --create-home --home-dir /data --uid 10001 uitvoeringsscan
COPY --from=build /opt/uitvoeringsscan /opt/uitvoeringsscan
ENV PATH="/opt/uitvoeringsscan/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    UITVOERINGSSCAN_ENVIRONMENT=production
# Production asks for more settings (the database, the public address, a secret key) and says which when it starts without.
# Once, before its first start: `uitvoeringsscan keys rotate` makes the key that publications are signed with.
USER uitvoeringsscan
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]
CMD ["uitvoeringsscan", "serve", "--host", "0.0.0.0", "--port", "8000"]
