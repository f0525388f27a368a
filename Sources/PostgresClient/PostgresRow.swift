/// One row, read by column name or number:
///
///     let name: String = try row["name"]
///     let grade: Int? = try row["grade"]
public struct PostgresRow: Sendable {
    let result: PostgresResult
    let index: Int

    /// - Throws: `.unexpectedValue` when there is no such column, or its value is not of this type.
    public subscript<Value: PostgresDecodable>(column: String) -> Value {
        get throws(PostgresError) {
            guard let number = result.columns[column] else {
                throw PostgresError(.unexpectedValue, "The answer has no column '\(column)'.")
            }
            return try value(number)
        }
    }

    /// By number, beginning with 0.
    public subscript<Value: PostgresDecodable>(column: Int) -> Value {
        get throws(PostgresError) {
            guard let number = Int32(exactly: column), (0..<result.columnCount).contains(number) else {
                throw PostgresError(.unexpectedValue, "The answer has no column number \(column).")
            }
            return try value(number)
        }
    }

    private func value<Value: PostgresDecodable>(_ column: Int32) throws(PostgresError) -> Value {
        guard let value = result.withText(row: index, column: column, Value.init(postgresText:)) else {
            let isNull = result.withText(row: index, column: column) { $0 == nil }
            throw PostgresError(
                .unexpectedValue,
                "The column '\(result.columnName(column))' holds \(isNull ? "NULL" : "something else"), not \(Value.self)."
            )
        }
        return value
    }
}
