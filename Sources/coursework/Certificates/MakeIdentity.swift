/// `certificates identity`: makes a key that signs, for trying things out.
struct MakeIdentity: SetupVerb {
    static let actions: [String] = []

    private let folder: SigningFolder
    private let name: String
    private let years: Int

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        folder = SigningFolder(in: setup.configuration.dataFolder)
        name = try arguments.option("--name") ?? "Coursework"
        years =
            try arguments.option("--years").map { text in
                guard let years = Int(text), (1...30).contains(years) else {
                    throw CommandFailure(.usage, "--years must be a number from 1 to 30.")
                }
                return years
            } ?? 3
        guard !name.isEmpty, name.utf8.count <= 64 else {
            throw CommandFailure(.usage, "--name must have 1 to 64 bytes.")
        }
    }

    func run() throws {
        guard !folder.exists else {
            throw CommandFailure(
                .failed,
                "There is a key already: \(folder.path)/key.pem. What it signed needs its certificate; move both away.")
        }
        try folder.make(name: name, years: years)
        Terminal.print("\(folder.path)/key.pem\n\(folder.path)/certificate.pem")
    }
}
