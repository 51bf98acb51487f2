# province.sh PROVINCE: its root, its four levels, its list and the three delegations.
set -e
elic pilot-ca new --dir $1/ca
for level in province city county town; do sh level.sh $1 $level; done
elic trust build $1/source.json --key $1/ca/root.key.pem --cert $1/ca/root.pem --out $1/trust
elic trust delegate $1/city.json --key $1/province/key.pem --cert $1/province/cert.pem --out $1/city/delegation.elic
elic trust delegate $1/county.json --key $1/city/key.pem --cert $1/city/cert.pem --out $1/county/delegation.elic
elic trust delegate $1/town.json --key $1/county/key.pem --cert $1/county/cert.pem --out $1/town/delegation.elic
