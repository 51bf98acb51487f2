# Faults under the real database engine, and processes killed at random.
find_package(SQLite3 REQUIRED)
add_executable(test_fault ${CMAKE_CURRENT_LIST_DIR}/faulty_vfs.cpp ${CMAKE_CURRENT_LIST_DIR}/ledger_faults.cpp
               ${CMAKE_CURRENT_LIST_DIR}/life_cycle_faults.cpp)
target_link_libraries(test_fault PRIVATE elic_test_main elic_ledger SQLite::SQLite3 elic_options)
elic_reads_catch(test_fault)
add_test(NAME fault.ledger COMMAND test_fault)
add_executable(test_kill ${CMAKE_CURRENT_LIST_DIR}/ledger_kill.cpp)
target_link_libraries(test_kill PRIVATE elic_test_main elic_ledger SQLite::SQLite3 elic_options)
elic_reads_catch(test_kill)
add_test(NAME fault.kill COMMAND test_kill)
set_tests_properties(fault.ledger fault.kill PROPERTIES LABELS fault TIMEOUT 300)

# The real command line on a batch, killed at random moments and at named steps. In full: batch_kill.py ELIC SOURCE --kills 200
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_executable(elic_batch_kill ${CMAKE_CURRENT_LIST_DIR}/batch_kill_cli.cpp)
elic_program(elic_batch_kill)
add_test(NAME fault.batch_kill COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_LIST_DIR}/batch_kill.py
                                       $<TARGET_FILE:elic_batch_kill> ${PROJECT_SOURCE_DIR} --kills 14)
set_tests_properties(fault.batch_kill PROPERTIES LABELS "fault;slow" TIMEOUT 300)
