/// Rows of text as columns for a person.
enum TextTable {
    /// The first columns to the left, the others, which are numbers, to the right.
    /// - Parameters:
    ///   - rows: the titles first; all of the same length.
    ///   - left: further columns that are text.
    static func layOut(_ rows: [[String]], leftColumns: Int = 1, left: Set<Int> = []) -> String {
        // Whoever wrote what is in a cell: it is one line, and no command to the terminal.
        let rows = rows.map { $0.map { Terminal.line($0) } }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                guard column < leftColumns || left.contains(column) else { return padding + cell }
                return column > 0 && column == row.count - 1 ? cell : cell + padding
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// What there is to say of one thing: a name and a value a line. A value of several lines stays right of its name,
    /// so that it is never taken for the next.
    /// - Parameter values: those that are nil are left out.
    static func list(_ values: [(name: String, value: String?)]) -> String {
        let lines = values.compactMap { name, value in value.map { (Terminal.line(name), Terminal.printable($0)) } }
        let width = (lines.map(\.0.count).max() ?? 0) + 2
        let margin = "\n" + String(repeating: " ", count: width)
        return lines.map { name, value in
            name + String(repeating: " ", count: width - name.count) + value.replacing("\n", with: margin)
        }.joined(separator: "\n")
    }

    /// How long something has lasted, in one unit; `-` for nothing.
    static func age(milliseconds: Int) -> String {
        switch milliseconds {
        case 0: "-"
        case ..<1000: "\(milliseconds) ms"
        case ..<120_000: "\(milliseconds / 1000) s"
        case ..<7_200_000: "\(milliseconds / 60_000) min"
        default: "\(milliseconds / 3_600_000) h"
        }
    }
}
