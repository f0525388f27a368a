import ProgramSupport

/// Whose web tiers enqueue jobs. Each has a queue of its name.
enum Language: String, CaseIterable, CustomStringConvertible {
    case php, node, python, java

    var description: String { rawValue }

    /// How many jobs its program has done: a second one for the same call would be one more.
    var jobs: Int { self == .python ? 1012 : 1009 }

    /// What runs its program, one after the other.
    func commands(in folder: String) -> [(program: String, words: [String])] {
        let place = Product.root + "/Clients/\(rawValue)"
        switch self {
        case .php: return [("php", [place + "/test.php"])]
        case .node: return [("node", [place + "/test.mjs"])]
        case .python: return [("/usr/bin/python3", ["-B", place + "/test_coursework.py"])]
        case .java:
            let classes = folder + "/classes"
            let sources = [place + "/Coursework.java", place + "/CourseworkTest.java"]
            return [
                ("javac", ["-Xlint:all", "-Werror", "-d", classes] + sources),
                ("java", ["-cp", classes + ":/usr/share/java/postgresql.jar", "coursework.CourseworkTest"]),
            ]
        }
    }
}
