# The second implementation of SM2 and SM3 that ours is held against.
find_package(PkgConfig REQUIRED)
pkg_check_modules(botan REQUIRED IMPORTED_TARGET botan-2)
add_executable(test_botan ${CMAKE_CURRENT_LIST_DIR}/botan_sm2.cpp)
target_link_libraries(test_botan PRIVATE elic_test_main elic_crypto elic_options PkgConfig::botan)
elic_reads_catch(test_botan)
target_compile_options(test_botan PRIVATE -Wno-shadow)
add_test(NAME third-party.botan COMMAND test_botan)
set_tests_properties(third-party.botan PROPERTIES LABELS third-party)
