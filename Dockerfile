# syntax=docker/dockerfile:1
# The image holds the `verbatim` command and serves without arguments: docker run --env-file .env -v verbatim:/data verbatim

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /opt/verbatim
# The packages change less often than the code: they are a layer of their own.
COPY requirements.lock ./
RUN /opt/verbatim/bin/pip install --require-hashes -r requirements.lock
COPY . .
RUN /opt/verbatim/bin/pip install --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --user-group --home-dir /data --create-home --shell /usr/sbin/nologin verbatim
COPY --from=build /opt/verbatim /opt/verbatim
ENV PATH=/opt/verbatim/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    VERBATIM_DATABASE_URL=sqlite:////data/verbatim.db \
    VERBATIM_LOG_FILE=/data/verbatim.log \
    VERBATIM_HTTP_HOST=0.0.0.0
USER verbatim
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=1m --timeout=20s --start-period=20s CMD ["python", "-m", "adapters.web.healthcheck"]
ENTRYPOINT ["verbatim"]
CMD ["serve"]
