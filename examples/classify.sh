#!/bin/sh
# API_KEY=txl_… sh classify.sh two-cats.jpg [five-labels]: the best labels of a picture, as JSON.
# Tries again where the server asks for it, without classifying twice (idempotencyKey).
curl -sS --retry 5 --retry-max-time 60 "${SERVER_URL:-http://127.0.0.1:4000}/graphql" \
  -H "Authorization: Bearer $API_KEY" \
  -H 'apollo-require-preflight: true' \
  -F operations='{
    "query": "mutation ($input: ClassifyImagesInput!) { classifyImages(input: $input) { results { outcomes { ... on Classification { predictions { name score } } ... on ClassificationError { code message } } } userErrors { code message path } } }",
    "variables": { "input": {
      "images": [{ "source": { "upload": null } }],
      "taxonomies": [{ "by": { "name": "'"${2:-five-labels}"'" } }],
      "topK": 3,
      "idempotencyKey": "'"$$-$(date +%s)"'"
    } }
  }' \
  -F map='{ "0": ["variables.input.images.0.source.upload"] }' \
  -F "0=@$1"
