internal import FoundationEssentials

extension Workshop {
    /// The folder of configuration that has the templates: that of the checkout, or the one that is installed.
    static func folder(having template: String) throws -> String {
        let folders = ["Config", "/etc/coursework"]
        guard let folder = folders.first(where: { FileManager.default.fileExists(atPath: "\($0)/\(template)") }) else {
            throw BenchmarkFailure(description: "there is no \(template) in \(folders); run it in the checkout")
        }
        return folder
    }
}
