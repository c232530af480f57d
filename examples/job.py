# API_KEY=txl_… python3 job.py *.jpg: classifies pictures beside other work, and prints the results as JSON lines.
import base64, json, os, sys, time, urllib.parse, urllib.request, uuid

SERVER_URL = os.environ.get("SERVER_URL", "http://127.0.0.1:4000")


def ask(query, variables):
    body = json.dumps({"query": query, "variables": variables}).encode()
    headers = {"content-type": "application/json", "authorization": "Bearer " + os.environ["API_KEY"]}
    request = urllib.request.Request(SERVER_URL + "/graphql", body, headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.load(response)
    if "errors" in answer:
        sys.exit(answer["errors"][0]["message"])
    return answer["data"]


def read_item(path):
    with open(path, "rb") as file:
        return {"source": {"base64": base64.b64encode(file.read()).decode()}, "reference": path}


created = ask(
    "mutation ($input: CreateClassificationJobInput!) {"
    " createClassificationJob(input: $input) { job { id } userErrors { code message } } }",
    {"input": {
        "items": [read_item(path) for path in sys.argv[1:]],
        "taxonomies": [{"by": {"name": "five-labels"}}],
        "topK": 1,
        "idempotencyKey": str(uuid.uuid4()),
    }},
)["createClassificationJob"]
if created["userErrors"]:
    sys.exit("\n".join(f"{error['code']}: {error['message']}" for error in created["userErrors"]))

job = {"state": "RUNNING"}
while job["state"] == "RUNNING":
    time.sleep(0.5)
    job = ask(
        "query ($id: ID!) { classificationJob(id: $id) { state progress downloadUrl(format: JSONL) } }",
        {"id": created["job"]["id"]},
    )["classificationJob"]
    print(f"{job['progress']:.0%}", file=sys.stderr)

# The link is good for ten minutes, and needs no key.
with urllib.request.urlopen(urllib.parse.urljoin(SERVER_URL, job["downloadUrl"]), timeout=60) as results:
    sys.stdout.write(results.read().decode())
