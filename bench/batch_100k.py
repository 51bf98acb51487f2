#!/usr/bin/env python3
"""A table of N rows in GB18030, one in a hundred of them bad, is issued, and then the same command is run again: every good
row is a license, every bad row has its reason, the second run issues nothing new. Prints rates and the largest memory.
Usage: batch_100k.py ELIC [--rows N] [--format LIST] [--jobs N] [--keep DIR]"""
import argparse
import csv
import datetime
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

WEIGHTS = [pow(3, i, 31) for i in range(17)]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def uscc(number):
    """A made-up code that keeps the rule of GB 32100."""
    organisation = f"{number:08d}"
    check = 11 - sum(int(c) * w for c, w in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2))) % 11
    body = "91430199" + organisation + ("X" if check == 10 else "0" if check == 11 else str(check))
    return body + ALPHABET[(31 - sum(ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS)) % 31) % 31]


# What goes wrong with tables, in turn.
SPOIL = [lambda row: row.update(CZZTDM="9.14302E+17"), lambda row: row.update(颁发日期="45296"),
         lambda row: row.update(CZZTDMLXDM="1"), lambda row: row.update(颁发日期="5/1/2026"),
         lambda row: row.update(CZZTDM=row["CZZTDM"][:-1] + ("0" if row["CZZTDM"][-1] != "0" else "1")),
         lambda row: row.update(企业住所=""), lambda row: row.update(ZZYXQJZRQ="2020-01-01"),
         lambda row: row.update(持证主体=""), lambda row: row.update(企业住所="示例市\n样例区"),
         lambda row: row.update(request="")]


def rows(count, today):
    for number in range(count):
        row = {"request": f"T-{number:07d}", "ZZBH": f"示例危化经字[2026]{number:07d}",
               "持证主体": f"示例市样本{number}号化工贸易有限公司", "CZZTDMLXDM": "001", "CZZTDM": uscc(10000000 + number),
               "颁发日期": f"{today.year}/{today.month}/{today.day}", "ZZYXQJZRQ": str(today + datetime.timedelta(days=1000)),
               "企业住所": f"示例市样例区样本路{number % 997 + 1}号", "企业法定代表人姓名": "周试用",
               "经营方式": "批发（不带有储存设施）", "许可范围": "丙酮、甲醇、乙酸乙酯"}
        if number % 100 == 99:
            SPOIL[number // 100 % len(SPOIL)](row)
        yield row


def issue(command, name):
    began = time.monotonic()
    run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    took = time.monotonic() - began
    summary = run.stderr.splitlines()[-1] if run.stderr else ""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{name}: {summary}; {took:.1f} s, largest memory {peak:.0f} MB", flush=True)
    return run.returncode, summary, took


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("elic")
    parser.add_argument("--rows", type=int, default=100000)
    parser.add_argument("--format", default="txt")
    parser.add_argument("--jobs", default="")
    parser.add_argument("--keep")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(options.keep or name)
        subprocess.run([options.elic, "demo", "--dir", str(folder / "demo")], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        today = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=8)).date()
        with open(folder / "rows.csv", "w", encoding="gb18030", newline="") as file:
            table = csv.DictWriter(file, next(rows(1, today)).keys())
            table.writeheader()
            table.writerows(rows(options.rows, today))
        bad = options.rows // 100
        good = options.rows - bad
        command = [options.elic, "issue", "--office", str(folder / "demo/office"), str(folder / "rows.csv"), "--type",
                   "11100000000013661B006", "--out", str(folder / "out"), "--fan-out", "1", "--format", options.format,
                   "--errors", str(folder / "errors.csv"), "--manifest", str(folder / "manifest.csv")]
        if options.jobs:
            command += ["--jobs", options.jobs]
        failures = []
        for which, expected in (("first run", f"{good} issued, 0 issued before, {bad} refused"),
                                ("second run", f"0 issued, {good} issued before, {bad} refused")):
            status, summary, took = issue(command, which)
            if (status, summary) != (2, expected):
                failures.append(f"{which}: status {status}, {summary!r} instead of {expected!r}")
            print(f"{which}: {options.rows / took:.0f} rows/s")
            with open(folder / "errors.csv", encoding="utf-8-sig", newline="") as file:
                reasons = list(csv.DictReader(file))
            with open(folder / "manifest.csv", encoding="utf-8-sig", newline="") as file:
                manifest = list(csv.DictReader(file))
            told = {row["row"] for row in reasons}
            if told != {str(number + 2) for number in range(99, options.rows, 100)}:
                failures.append(f"{which}: reasons for {len(told)} rows, {bad} are bad")
            if any(not row["mend"] or not row["rule"] for row in reasons):
                failures.append(f"{which}: a reason without rule or mend")
            if len(manifest) != good or len({row["identifier"] for row in manifest}) != good:
                failures.append(f"{which}: {len(manifest)} rows in the manifest, {good} are good")
            files = sum(1 for path in (folder / "out").rglob("*") if path.is_file())
            if files != good * len(options.format.split(",")):
                failures.append(f"{which}: {files} files")
            with open(folder / "errors.rows.csv", encoding="gb18030", newline="") as file:
                if sum(1 for _ in csv.reader(file)) != bad + 1:
                    failures.append(f"{which}: the bad rows are not kept")
    for failure in failures:
        print(failure, file=sys.stderr)
    print(f"{good} licenses, {bad} rows with a reason, the same command again: nothing new" if not failures else "FAILED")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
