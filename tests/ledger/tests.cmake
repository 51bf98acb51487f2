# The ledger's tests read and attack its file with plain SQL.
find_package(SQLite3 REQUIRED)
if(TARGET test_ledger)
  target_link_libraries(test_ledger PRIVATE SQLite::SQLite3)
endif()
