# Faults under the real database engine, and processes killed at random.
find_package(SQLite3 REQUIRED)
add_executable(test_fault ${CMAKE_CURRENT_LIST_DIR}/faulty_vfs.cpp ${CMAKE_CURRENT_LIST_DIR}/ledger_faults.cpp
               ${CMAKE_CURRENT_LIST_DIR}/life_cycle_faults.cpp)
target_link_libraries(test_fault PRIVATE elic_test_main elic_ledger SQLite::SQLite3 elic_options)
add_test(NAME fault.ledger COMMAND test_fault)
add_executable(test_kill ${CMAKE_CURRENT_LIST_DIR}/ledger_kill.cpp)
target_link_libraries(test_kill PRIVATE elic_test_main elic_ledger SQLite::SQLite3 elic_options)
add_test(NAME fault.kill COMMAND test_kill)
set_tests_properties(fault.ledger fault.kill PROPERTIES LABELS fault TIMEOUT 300)
