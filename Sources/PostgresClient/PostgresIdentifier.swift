/// Names of channels, databases and roles in statements that take no parameters.
public enum PostgresIdentifier {
    /// In quotes, so that any name is one name.
    public static func quoted(_ name: String) -> String {
        "\"" + name.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
