# Pages that speak of tables in the code agree with them.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME pages COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/check_pages.py ${PROJECT_SOURCE_DIR})
set_tests_properties(pages PROPERTIES LABELS unit)
add_test(NAME pages.commands COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/check_commands.py $<TARGET_FILE:elic>
                                     ${PROJECT_SOURCE_DIR})
set_tests_properties(pages.commands PROPERTIES LABELS unit)
