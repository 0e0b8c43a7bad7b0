# Toolgate in a container, for amd64 and arm64. Nothing but Docker is needed to build it:
#
#   docker build -t toolgate:0.1.0 .                          with Node.js and uv, for servers that npx and uvx start
#   docker build -t toolgate:0.1.0-slim --target slim .       without them, for remote servers alone
#
# It runs as uid 1000, also with a read-only root file system: what is written is below /data, /home/toolgate and /tmp.

ARG JDK=docker.io/library/eclipse-temurin:25.0.4_7-jdk-noble
ARG JRE=docker.io/library/eclipse-temurin:25.0.4_7-jre-noble
ARG NODE=docker.io/library/node:22.23.2-bookworm-slim
ARG UV=ghcr.io/astral-sh/uv:0.12.10
ARG BASE=docker.io/library/debian:12.12-slim

FROM ${JRE} AS jre
FROM ${NODE} AS node
FROM ${UV} AS uv

# The program is the same for every machine, so it is built on the builder's own.
FROM --platform=$BUILDPLATFORM ${JDK} AS build
WORKDIR /app
COPY .mvn .mvn
COPY mvnw pom.xml ./
COPY db/migration db/migration
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -Dmaven.test.skip=true -DskipTests -Darchive.skip -Dspotless.apply.skip=true package
RUN javac -d target/train src/main/archive/Train.java

# What runs it.
FROM ${BASE} AS runtime
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl mount tini util-linux \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --user-group --create-home toolgate \
    && install -d -o toolgate -g toolgate /data
COPY --from=jre /opt/java/openjdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk LANG=C.UTF-8 HOME=/home/toolgate HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /app
EXPOSE 8000
VOLUME ["/data", "/home/toolgate"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s \
    CMD curl -fsS -o /dev/null "http://127.0.0.1:${PORT:-8000}/q/health/ready"
# An init, because children of children may outlive their parents.
ENTRYPOINT ["tini", "--", "/app/toolgate"]

# The archive of classes, with which starts are faster, is good for the JVM and the place it was made with.
FROM runtime AS archive
COPY --from=build --chown=toolgate /app/target/quarkus-app target/quarkus-app
COPY --from=build /app/target/train /train
COPY tenants tenants
COPY toolgate ./
COPY src/main/resources/help.txt src/main/resources/
USER toolgate
RUN ${JAVA_HOME}/bin/java -cp /train Train target/quarkus-app

FROM runtime AS slim
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Toolgate" \
    org.opencontainers.image.description="One door for every MCP tool" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.licenses="Apache-2.0"
COPY --from=archive --chown=root:root /app /app
USER 1000:1000

FROM runtime AS full
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Toolgate" \
    org.opencontainers.image.description="One door for every MCP tool, with Node.js and uv" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update \
    && apt-get install -y --no-install-recommends git libatomic1 libstdc++6 python3 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
COPY --from=uv /uv /uvx /usr/local/bin/
COPY --from=archive --chown=root:root /app /app
USER 1000:1000
