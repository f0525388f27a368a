internal import CPostgres

/// What libpq keeps of one answer, freed with its last row.
///
/// Unchecked, because of the pointer: libpq never changes a result once it is complete, so any number of threads may
/// read it.
final class PostgresResult: @unchecked Sendable {
    private let handle: OpaquePointer
    let columns: [String: Int32]
    let rowCount: Int

    init(owning handle: OpaquePointer) {
        self.handle = handle
        rowCount = Int(PQntuples(handle))
        columns = Dictionary(
            (0..<PQnfields(handle)).map { (String(cString: PQfname(handle, $0)), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    deinit { PQclear(handle) }

    /// `INSERT 0 1`, `COMMIT`.
    var command: String { String(cString: PQcmdStatus(handle)) }

    /// How many rows the statement changed or gave.
    var affected: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    var columnCount: Int32 { PQnfields(handle) }

    func columnName(_ column: Int32) -> String { PQfname(handle, column).map { String(cString: $0) } ?? "\(column)" }

    /// Gives the bytes of a value's text; nil for NULL.
    func withText<Value>(row: Int, column: Int32, _ body: (UnsafeRawBufferPointer?) -> Value) -> Value {
        guard PQgetisnull(handle, Int32(row), column) == 0 else { return body(nil) }
        let length = Int(PQgetlength(handle, Int32(row), column))
        return body(UnsafeRawBufferPointer(start: PQgetvalue(handle, Int32(row), column), count: length))
    }
}
