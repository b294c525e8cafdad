# The silo. From the repository's root:
#   docker build -f deploy/docker/silo.Dockerfile -t catgan-silo:0.1.0-cpu .
#   docker build -f deploy/docker/silo.Dockerfile -t catgan-silo:0.1.0-cuda --build-arg TORCH=cuda .
#
# Ubuntu 24.04 (noble) underneath, not Debian 12: TorchSharp's library wants GLIBCXX_3.4.32 (GCC 13), which noble has
# (3.4.33). On an older base CatGan loads a patched copy that it writes beside the original, which a user without rights
# in a read-only container cannot do.
ARG TORCH=cpu

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TORCH
WORKDIR /source
# Half a gigabyte (cpu) or several (cuda) of packages: this layer is kept until a project file changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Abstractions/CatGan.Abstractions.csproj src/Abstractions/
COPY src/Datasets/CatGan.Datasets.csproj src/Datasets/
COPY src/Grains/CatGan.Grains.csproj src/Grains/
COPY src/Search/CatGan.Search.csproj src/Search/
COPY src/Silo/CatGan.Silo.csproj src/Silo/
COPY src/Storage/CatGan.Storage.csproj src/Storage/
COPY src/Training/CatGan.Training.csproj src/Training/
RUN dotnet restore src/Silo/CatGan.Silo.csproj -r linux-x64 -p:TorchBackend=$TORCH
COPY .editorconfig ./
COPY build build
COPY src src
# The build fails where torch does not load. That of CUDA is not asked: it would look for a driver.
RUN dotnet publish src/Silo/CatGan.Silo.csproj -c Release -r linux-x64 --self-contained false --no-restore \
      -p:TorchBackend=$TORCH -o /app \
 && if [ "$TORCH" = cpu ]; then dotnet /app/catgan-silo.dll --probe | tee /dev/stderr | grep -q '"fault":null'; fi \
 && mkdir /native \
 && find /app -maxdepth 1 \( -name '*.so' -o -name '*.so.*' \) -exec mv -t /native {} +

# Without shell or package manager.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS base-cpu

# With the rest of the system that CUDA's libraries may look for. The driver comes from the node's container toolkit,
# which these two variables ask for it.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble AS base-cuda
ENV NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility

FROM base-${TORCH} AS silo
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="CatGan silo" \
      org.opencontainers.image.description="Keeps sweeps and trains cat GANs" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
WORKDIR /app
# libtorch rarely changes, CatGan often: two layers, so that an update of CatGan is a small download.
COPY --from=build /native ./
COPY --from=build /app ./
COPY LICENSE ./
# Young objects fill 64 MB before they are collected, as in the silos that `catgan` starts.
ENV DOTNET_GCgen0size=0x4000000
USER 1654:1654
EXPOSE 11111 30000 8081
ENTRYPOINT ["/app/catgan-silo"]
