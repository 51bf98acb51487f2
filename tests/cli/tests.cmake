# Transcripts of the command line, run by a program whose clock stands still.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_executable(elic_fixed_clock ${CMAKE_CURRENT_LIST_DIR}/fixed_clock.cpp)
elic_program(elic_fixed_clock)
file(GLOB transcripts CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.transcript)
set(once)
if(ELIC_SANITIZE)
  set(once --once)
endif()
foreach(transcript IN LISTS transcripts)
  get_filename_component(name ${transcript} NAME_WE)
  add_test(NAME cli.${name} COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/transcript.py
                                    $<TARGET_FILE:elic_fixed_clock> ${PROJECT_SOURCE_DIR} ${transcript} ${once})
  set_tests_properties(cli.${name} PROPERTIES LABELS cli)
endforeach()
add_test(NAME cli.two_processes COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/two_processes.py $<TARGET_FILE:elic>
                                        ${PROJECT_SOURCE_DIR})
set_tests_properties(cli.two_processes PROPERTIES LABELS "cli;slow" TIMEOUT 600)
# A table in GB18030 with bad rows, issued twice (in full: bench/batch_100k.py ELIC).
add_test(NAME cli.batch_table COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/bench/batch_100k.py $<TARGET_FILE:elic>
                                      --rows 1000)
set_tests_properties(cli.batch_table PROPERTIES LABELS cli TIMEOUT 300)
# Tampered with by plain SQL, and found by the audit; proofs held against the format as it is written a second time.
add_test(NAME cli.tampering COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/tampering.py $<TARGET_FILE:elic>
                                    ${PROJECT_SOURCE_DIR})
set_tests_properties(cli.tampering PROPERTIES LABELS "cli;slow" TIMEOUT 600)
# One sealed document of each type, drawn and verified (with what it makes kept: tests/cli/sixteen_documents.py ELIC SOURCE --keep DIR).
add_test(NAME cli.sixteen_documents COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/sixteen_documents.py $<TARGET_FILE:elic>
                                            ${PROJECT_SOURCE_DIR})
set_tests_properties(cli.sixteen_documents PROPERTIES LABELS cli TIMEOUT 600)
# A document of each type under a seal whose picture takes 30 KB has at most 120 KB.
add_test(NAME cli.document_sizes COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/bench/document_sizes.py $<TARGET_FILE:elic>
                                         ${PROJECT_SOURCE_DIR}/testdata/samples)
set_tests_properties(cli.document_sizes PROPERTIES LABELS cli TIMEOUT 300)
