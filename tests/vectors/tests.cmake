# Vectors: read by our own reader, and re-derived by an independent program (Python's standard library).
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_library(elic_test_support STATIC ${CMAKE_CURRENT_LIST_DIR}/vector_support.cpp)
target_link_libraries(elic_test_support PUBLIC elic_issue elic_options)
target_include_directories(elic_test_support PUBLIC ${PROJECT_SOURCE_DIR}/tests)
target_compile_definitions(elic_test_support PRIVATE ELIC_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

add_executable(make_payload_vectors ${CMAKE_CURRENT_LIST_DIR}/make_payload_vectors.cpp)
target_link_libraries(make_payload_vectors PRIVATE elic_test_support)
target_compile_definitions(make_payload_vectors PRIVATE ELIC_SOURCE_DIR="${PROJECT_SOURCE_DIR}")

add_executable(make_trust_vectors ${CMAKE_CURRENT_LIST_DIR}/make_trust_vectors.cpp)
target_link_libraries(make_trust_vectors PRIVATE elic_test_support)

add_executable(make_status_vectors ${CMAKE_CURRENT_LIST_DIR}/make_status_vectors.cpp)
target_link_libraries(make_status_vectors PRIVATE elic_trust elic_options)
target_include_directories(make_status_vectors PRIVATE ${PROJECT_SOURCE_DIR}/tests)

add_executable(make_matrix_vectors ${CMAKE_CURRENT_LIST_DIR}/make_matrix_vectors.cpp ${CMAKE_CURRENT_LIST_DIR}/matrix_world.cpp
                                   ${CMAKE_CURRENT_LIST_DIR}/matrix_lists.cpp ${CMAKE_CURRENT_LIST_DIR}/matrix_licenses.cpp
                                   ${CMAKE_CURRENT_LIST_DIR}/matrix_beside.cpp)
target_link_libraries(make_matrix_vectors PRIVATE elic_test_support elic_verify)

add_executable(test_vectors ${CMAKE_CURRENT_LIST_DIR}/payload_vectors.cpp ${CMAKE_CURRENT_LIST_DIR}/trust_vectors.cpp
                            ${CMAKE_CURRENT_LIST_DIR}/status_vectors.cpp ${CMAKE_CURRENT_LIST_DIR}/matrix_vectors.cpp)
target_link_libraries(test_vectors PRIVATE elic_test_main elic_test_support elic_verify elic_options)
elic_reads_catch(test_vectors)
add_test(NAME vectors.payload COMMAND test_vectors)
add_test(NAME vectors.packs COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/check_packs.py ${PROJECT_SOURCE_DIR})
set_tests_properties(vectors.payload vectors.packs PROPERTIES LABELS vectors)
add_test(NAME vectors.independent COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/independent.py ${PROJECT_SOURCE_DIR})
set_tests_properties(vectors.independent PROPERTIES LABELS vectors)
# The signatures at SM2's edges, and what is signed there, are what exact arithmetic says (tests/unit/crypto/sm2_verify.cpp,
# sm2_signing.cpp and tests/botan read them).
add_test(NAME vectors.sm2 COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/make_sm2_vectors.py
                                  ${PROJECT_SOURCE_DIR}/testdata/vectors/sm2.json --check)
add_test(NAME vectors.sm2_signing COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/make_sm2_signing_vectors.py
                                          ${PROJECT_SOURCE_DIR}/testdata/vectors/sm2_signing.json --check)
set_tests_properties(vectors.sm2 vectors.sm2_signing PROPERTIES LABELS vectors)
# Seals and sealed documents, read by a program of its own.
add_test(NAME vectors.independent_seal COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/independent_seal.py
                                               $<TARGET_FILE:elic_fixed_clock> ${PROJECT_SOURCE_DIR} --make)
set_tests_properties(vectors.independent_seal PROPERTIES LABELS vectors TIMEOUT 300)
# Every fault of a sealed document as a file, verified at its clock.
add_test(NAME vectors.documents COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/document_vectors.py
                                        $<TARGET_FILE:elic_fixed_clock> ${PROJECT_SOURCE_DIR})
set_tests_properties(vectors.documents PROPERTIES LABELS vectors TIMEOUT 600)
add_test(NAME vectors.independent_document COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/independent_document.py
                                                   ${PROJECT_SOURCE_DIR})
set_tests_properties(vectors.independent_document PROPERTIES LABELS vectors TIMEOUT 300)
