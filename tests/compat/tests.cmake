# Codes, JSON members and exit statuses that never change.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME compat COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/check_frozen.py $<TARGET_FILE:elic> ${PROJECT_SOURCE_DIR})
set_tests_properties(compat PROPERTIES LABELS cli)
