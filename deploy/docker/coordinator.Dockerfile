# The coordinator: the command line `catgan` and its server, `catgan serve`. From the repository's root:
#   docker build -f deploy/docker/coordinator.Dockerfile -t catgan-coordinator:0.1.0 .
# It holds no libtorch: pictures and exports are made by silos.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Abstractions/CatGan.Abstractions.csproj src/Abstractions/
COPY src/Coordinator/CatGan.Coordinator.csproj src/Coordinator/
COPY src/Datasets/CatGan.Datasets.csproj src/Datasets/
COPY src/Search/CatGan.Search.csproj src/Search/
COPY src/Storage/CatGan.Storage.csproj src/Storage/
RUN dotnet restore src/Coordinator/CatGan.Coordinator.csproj -r linux-x64
COPY .editorconfig ./
COPY build build
COPY src src
RUN dotnet publish src/Coordinator/CatGan.Coordinator.csproj -c Release -r linux-x64 --self-contained false --no-restore -o /app

# With a shell, and with tar for `kubectl cp`: people work in it.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble AS coordinator
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="CatGan coordinator" \
      org.opencontainers.image.description="The command line and the server of CatGan" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /app /app
COPY LICENSE /app/
ENV PATH="/app:$PATH"
WORKDIR /work
USER 1654:1654
ENTRYPOINT ["/app/catgan"]
