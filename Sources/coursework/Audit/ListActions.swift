import Reports

/// `audit actions`: what is written down at all.
struct ListActions: AuditVerb {
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws { json = arguments.flag("--json") }

    func run() throws {
        let all = Self.all
        if json { return Terminal.print(JSONText.of(all)) }
        let rows = all.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
        Terminal.print(
            TextTable.layOut(
                [["command", "actions"]] + rows.map { [$0.key, $0.value.joined(separator: ", ")] }, leftColumns: 2))
    }

    /// From the declarations of all commands: each with its verb, and what that may do.
    private static var all: [String: [String]] {
        var all: [String: [String]] = [:]
        for command in Coursework.commands {
            if command.actions.isEmpty { all[command.name] = [] }
            for (verb, actions) in command.actions {
                all[verb.isEmpty ? command.name : "\(command.name) \(verb)"] = actions
            }
        }
        return all
    }
}
