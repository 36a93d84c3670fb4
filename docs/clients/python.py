# Follows one stream over Server-Sent Events, with Python's standard library alone.
# python3 docs/clients/python.py http://localhost:3000 menu:napoli [token]
# Prints a line for each snapshot and each event. Ends when it is refused, or when nothing can follow any more.
import json, random, sys, time
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

base, stream, *token = sys.argv[1:]
address = f"{base}/api/streams/{stream}"
headers = {"Authorization": f"Bearer {token[0]}"} if token else {}
epoch = position = None


class Again(Exception):
    """A snapshot is needed: the log does not reach back to us, or is another one."""


def say(**line):
    print(json.dumps(line), flush=True)


def ask(url, more={}):
    # Two heartbeats missed: the line is dead, although nobody has said so.
    return urlopen(Request(url, headers={**headers, **more}), timeout=25)


def hear(message):
    global position
    if message["kind"] == "resync" or message["kind"] == "event" and message["position"] > position + 1:
        raise Again
    if message["kind"] == "event" and message["position"] > position:
        position = message["position"]
        say(event=position, type=message.get("type"), data=message.get("data"))


failures = 0
while True:
    try:
        if epoch is None:
            snapshot = json.load(ask(address))
            epoch, position = snapshot["epoch"], snapshot["position"]
            say(snapshot=position, state=snapshot["state"])
        with ask(f"{address}/sse", {"Last-Event-ID": f"{epoch}:{position}"}) as answer:
            if answer.status == 204:
                sys.exit(0)
            for row in answer:
                failures = 0
                if row.startswith(b"data: "):
                    hear(json.loads(row[6:]))
    except Again:
        epoch = None
    except HTTPError as refusal:
        text = refusal.read()
        if b'"retryable":false' in text:  # it would be answered the same again
            sys.exit(say(refused=json.loads(text)["error"]["code"]) or 1)
    except (OSError, HTTPException, ValueError):
        pass
    failures += 1
    time.sleep(random.random() * min(8, 0.25 * 2**failures))
