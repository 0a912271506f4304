# The program pay-button-proxy, from this repository's own sources and lockfile.
FROM node:22-bookworm-slim AS build
WORKDIR /source
COPY . .
RUN npm ci && npm run build

# What it needs when it runs, and nothing of what builds or tests it.
FROM node:22-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY src/proxy/package.json src/proxy/
COPY demo/package.json demo/
RUN npm ci --workspace pay-button-proxy --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    PAY_HOST=0.0.0.0 \
    PAY_PORT=8787 \
    PAY_DATABASE_URL=sqlite:/data/pay-button.db
WORKDIR /app
COPY --from=packages /app ./
COPY --from=build /source/src/proxy/bin src/proxy/bin
COPY --from=build /source/src/proxy/dist src/proxy/dist
COPY LICENSE ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8787
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
  CMD ["node", "src/proxy/bin/pay-button-proxy.js", "health"]
# Not through npm, which would stand between the program and the signal that stops it.
ENTRYPOINT ["node", "src/proxy/bin/pay-button-proxy.js"]
