# Built in one stage, run from another: no compiler, no package manager's cache, no root.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/copydesk \
    && /opt/copydesk/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY service service
COPY rules rules
RUN python -m venv /tmp/build \
    && /tmp/build/bin/pip install --no-cache-dir --require-hashes -r requirements-build.lock \
    && /tmp/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /tmp/wheel . \
    && /opt/copydesk/bin/pip install --no-cache-dir --no-deps /tmp/wheel/*.whl
ENV COPYDESK_LANGUAGETOOL_HOME=/opt/languagetool
RUN /opt/copydesk/bin/copydesk languagetool install

FROM python:3.11-slim-bookworm
# Numbers, not names, in USER: Kubernetes can tell from them alone that this is not root.
RUN groupadd --gid 10001 copydesk \
    && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin copydesk \
    && install --directory --owner=copydesk --group=copydesk --mode=0700 /var/lib/copydesk
COPY --from=build /opt/copydesk /opt/copydesk
COPY --from=build /opt/languagetool /opt/languagetool
ENV PATH=/opt/copydesk/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    COPYDESK_LANGUAGETOOL_HOME=/opt/languagetool \
    COPYDESK_RUN_DIR=/tmp/copydesk \
    COPYDESK_STORE=sqlite:////var/lib/copydesk/store.sqlite \
    COPYDESK_HOST=0.0.0.0 \
    COPYDESK_PORT=8080
USER 10001:10001
EXPOSE 8080
# The file system may be read-only. Written are /tmp and, by users' own words and keys, /var/lib/copydesk:
#   docker run --read-only --tmpfs /tmp --cap-drop ALL -v copydesk:/var/lib/copydesk -p 8080:8080 copydesk
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/livez', timeout=4)"]
ENTRYPOINT ["copydesk"]
CMD ["serve"]
