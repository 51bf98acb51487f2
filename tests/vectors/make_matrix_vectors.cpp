// Makes testdata/vectors/matrix: one license with a whole trust folder in each file, {trust list, delegation,
// certificate, license, status list} x {before, in, after, withdrawn, compromised, missing, tampered, rolled back,
// wrong kind of signature}, and what lies beside that matrix. Certificates and signatures are new with each run: the
// vectors are made once and committed. Usage: make_matrix_vectors FOLDER
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"
#include "vectors/matrix_world.h"

namespace {

using namespace elic;

/// Several lines of a small file as one.
std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const auto& line : lines) all += (all.empty() ? "" : " | ") + line;
    return all;
}

std::string written(const test::MatrixVector& vector, const test::Scene& scene) {
    const auto& row = row_of(vector.finding);
    std::string text = "what: " + vector.what + "\nat: " + scene.at.format() + "\n";
    if (scene.now) text += "now: " + scene.now->format() + "\n";
    text += "pins: " + joined(scene.pins) + "\n";
    if (!scene.seen.empty()) text += "seen: " + joined(scene.seen) + "\n";
    if (scene.allow_missing_status) text += "allow: missing-status\n";
    text += "expect: " + std::string(name_of(row.verdict)) + "\nfinding: " + std::string(row.code) + "\n";
    text += "text: " + write_payload(scene.code()) + "\n\n";
    for (const auto& [name, bytes] : scene.files()) text += name + " " + to_hex(bytes) + "\n";
    return text;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::filesystem::path folder = argv[1];
    if (!make_folders(folder)) return 1;
    const auto keys = test::make_matrix_keys();
    int count = 0;
    for (const auto& part : {test::matrix_of_lists(), test::matrix_of_licenses(), test::beside_the_matrix()}) {
        for (const auto& vector : part) {
            test::Scene scene(keys);
            if (vector.change) vector.change(scene);
            const auto text = written(vector, scene);
            if (!write_file_durably(folder / (vector.name + ".txt"), as_bytes(text))) return 1;
            ++count;
        }
    }
    std::printf("%d vectors\n", count);
    return 0;
}
