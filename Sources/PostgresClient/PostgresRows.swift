/// The rows a statement gave, in order.
public struct PostgresRows: RandomAccessCollection, Sendable {
    private let result: PostgresResult

    init(_ result: PostgresResult) { self.result = result }

    public var startIndex: Int { 0 }
    public var endIndex: Int { result.rowCount }

    public subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "there is no row \(position)")
        return PostgresRow(result: result, index: position)
    }

    /// How many rows the statement inserted, updated, deleted or gave.
    public var affected: Int { result.affected }
}
