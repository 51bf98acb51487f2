# Every part of every document that the demo makes is valid by its schema: the standard's own, and ours of the license.
find_program(XMLLINT xmllint REQUIRED)
add_test(NAME cli.document_schemas COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/document_schemas.py
                                           $<TARGET_FILE:elic_fixed_clock> ${PROJECT_SOURCE_DIR} ${XMLLINT})
set_tests_properties(cli.document_schemas PROPERTIES LABELS cli TIMEOUT 300)
