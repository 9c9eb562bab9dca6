# Actors in one image, for every role:
#   docker build -t actors --build-arg VERSION=0.1.0 --build-arg REVISION=$(git rev-parse HEAD) .
ARG DOTNET=10.0-noble

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET} AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /src

# What the restore reads, so that a change of the code alone restores nothing.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt ./
COPY analytics/Actors.Analytics.csproj analytics/packages.lock.json analytics/
COPY client/Actors.Contracts/Actors.Contracts.csproj client/Actors.Contracts/packages.lock.json client/Actors.Contracts/
COPY grains/Actors.Grains/Actors.Grains.csproj grains/Actors.Grains/packages.lock.json grains/Actors.Grains/
COPY grains/Actors.Grains.Abstractions/Actors.Grains.Abstractions.csproj grains/Actors.Grains.Abstractions/packages.lock.json grains/Actors.Grains.Abstractions/
COPY grains/Actors.Storage/Actors.Storage.csproj grains/Actors.Storage/packages.lock.json grains/Actors.Storage/
COPY silo/Actors.Silo.csproj silo/packages.lock.json silo/
COPY web/Actors.Web.csproj web/packages.lock.json web/
RUN --mount=type=cache,target=/root/.nuget/packages dotnet restore silo --locked-mode

COPY .editorconfig ./
COPY analytics/ analytics/
COPY client/ client/
COPY grains/ grains/
COPY silo/ silo/
COPY web/ web/
ARG VERSION=0.0.0-local
ARG REVISION=unknown
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish silo -c Release --no-restore -o /app -p:UseAppHost=false -p:Version=${VERSION} -p:SourceRevisionId=${REVISION}

# The packages bring native libraries for every system; one is needed, and they are most of the size.
ARG TARGETARCH
RUN set -eu; \
    arch=$(echo "${TARGETARCH}" | sed 's/amd64/x64/'); \
    find /app/runtimes -mindepth 1 -maxdepth 1 ! -name unix ! -name linux ! -name "linux-${arch}" -exec rm -r {} +; \
    test -e "/app/runtimes/linux-${arch}/native/libduckdb.so"; \
    mkdir -m 0700 /empty

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET}-chiseled AS final
ARG VERSION=0.0.0-local
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Actors" \
      org.opencontainers.image.description="Real-time analytics for LLM applications" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"

# People see times in their own zone.
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo
COPY --from=build /app /app

# A new volume takes its owner from the directory that it covers.
COPY --from=build --chown=1654:1654 /empty /data
COPY --from=build --chown=1654:1654 /empty /shared

WORKDIR /app
ENV ASPNETCORE_URLS=http://+:3000 \
    Actors__DataDirectory=/data \
    Actors__Otlp__GrpcHost=* \
    DOTNET_EnableDiagnostics=0
USER 1654:1654
EXPOSE 3000 4317
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["dotnet", "Actors.Silo.dll", "health"]
ENTRYPOINT ["dotnet", "Actors.Silo.dll"]
