# level.sh PROVINCE LEVEL: a key made where it stays, certified by the province's CA from a request alone.
set -e
mkdir -p $1/$2
elic key new --out $1/$2/key.pem --allow-plaintext-key
elic key request --key $1/$2/key.pem --subject "CN=TEST $1 $2,O=elic TEST,C=CN" --out $1/$2/req.pem
elic pilot-ca certify --dir $1/ca $1/$2/req.pem --out $1/$2/cert.pem
