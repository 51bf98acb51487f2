#!/bin/sh
# How the files of this folder were made, with OpenSSL 3.0.19: run in an empty folder with $KEYS = testdata/keys. The
# dates of a new run are others. The key is public: whoever trusts it trusts everyone.
set -e
id=1234567812345678
cat >ca.cnf <<'CNF'
[ca]
default_ca = pilot
[pilot]
database = index.txt
crlnumber = crlnumber
crl_extensions = list
default_md = sm3
default_crl_days = 3650
[list]
authorityKeyIdentifier = keyid:always
[req]
distinguished_name = dn
prompt = no
string_mask = utf8only
utf8 = yes
[dn]
C = CN
O = elic TEST
CN = TEST 吊销列表签发者
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
CNF
key="$KEYS/TEST-plain.key.pem"
openssl req -new -x509 -key "$key" -config ca.cnf -extensions authority -sm3 -sigopt distid:$id -days 7300 -set_serial 1 -out ca.pem
openssl req -new -key "$key" -config ca.cnf -subj "/CN=TEST revoked" -sigopt distid:$id -out request.pem
for pair in revoked:0x4A01 good:0x4A02; do
    openssl x509 -req -in request.pem -CA ca.pem -CAkey "$key" -set_serial "${pair#*:}" -days 3650 -sm3 -sigopt distid:$id \
        -vfyopt distid:$id -extfile ca.cnf -extensions leaf -out "${pair%:*}.pem"
done
: >index.txt
echo 01 >crlnumber
openssl ca -config ca.cnf -cert ca.pem -keyfile "$key" -revoke revoked.pem -crl_compromise 20260301000000Z
openssl ca -config ca.cnf -cert ca.pem -keyfile "$key" -gencrl -sigopt distid:$id -out list.pem
