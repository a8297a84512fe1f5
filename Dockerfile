# One image, five roles: APP_ROLE=api | worker | all | migrate | reseal (see .env.example).
#
# The packages under libs/ that run or simulate servers (workspaces of package.json) are for development: their folders are never copied,
# so neither they nor their dependencies are installed. The dashboard is built here, and is static files from then on; of it and of the
# client that it is built with nothing else is in the image. test/production/image-tree.spec.ts builds the same tree and starts it.
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --workspaces=false
COPY nest-cli.json tsconfig.json tsconfig.build.json tsconfig.production.json ./
COPY src src
COPY libs/client libs/client
COPY libs/column-names libs/column-names
COPY libs/contact-methods libs/contact-methods
COPY libs/dashboard libs/dashboard
COPY libs/folding libs/folding
COPY libs/mail-reading libs/mail-reading
COPY libs/opt-out-words libs/opt-out-words
COPY libs/quiet-hours libs/quiet-hours
COPY libs/send-window libs/send-window
COPY libs/spreadsheet-csv libs/spreadsheet-csv
COPY libs/templates libs/templates
COPY migrations migrations
RUN npm run build:production

FROM node:24.11.1-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# npm keeps typescript, 23 MB, since a package names it as a peer that it can do without.
RUN npm ci --omit=dev --ignore-scripts --workspaces=false && rm -rf node_modules/typescript node_modules/.bin/tsc node_modules/.bin/tsserver

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --chown=root:root package.json ./
COPY --from=dependencies --chown=root:root /app/node_modules node_modules
COPY --from=build --chown=root:root /app/dist dist
COPY --chown=root:root docs/openapi.json docs/openapi.json
# Without a limit V8 lets garbage lie: an import of a million rows then takes 350 MB more instead of 130.
ENV NODE_OPTIONS="--max-semi-space-size=4 --max-old-space-size=768"
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD node -e "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/health/live').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
