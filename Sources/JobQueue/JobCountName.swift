/// The name of a count in the hash of its queue: `email.send ended done`, `email.send waited 1000` (microseconds, the
/// bound of a bucket), `email.send ran sum`.
public enum JobCountName {
    public static func ended(_ type: String, _ outcome: String) -> String { "\(type) ended \(outcome)" }
    public static func waited(_ type: String, _ cell: DurationCell) -> String { "\(type) waited \(cell.name)" }
    public static func ran(_ type: String, _ cell: DurationCell) -> String { "\(type) ran \(cell.name)" }
}
