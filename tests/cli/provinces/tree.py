import json, sys
def tell(body, depth):
    number = body["delegation"]["number"] if "delegation" in body else "-"
    grant = body["types"][0]
    print("  " * depth + body["code"], body["name"], number, ",".join(grant["areas"]), "+".join(grant["rights"]), grant["until"])
    for child in body.get("delegates", []):
        tell(child, depth + 1)
folder = json.load(sys.stdin)
print("version", folder["version"])
for shown in sorted(folder["lists"], key=lambda each: each["bodies"][0]["code"]):
    print("list", shown["number"])
    for body in shown["bodies"]:
        tell(body, 1)
print("unattached", len(folder["unattached"]), "damaged", len(folder["damaged"]))
