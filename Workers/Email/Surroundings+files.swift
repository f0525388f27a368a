import FoundationEssentials
import Jobs

extension Surroundings {
    /// A file with a secret in it.
    /// - Parameter key: the setting that names the file.
    func secretText(in file: String, key: String) throws(InvalidSettings) -> String {
        guard let text = try? String(contentsOfFile: path(file), encoding: .utf8) else {
            throw InvalidSettings(key: key, "the file \(path(file)) cannot be read; check its name and owner.")
        }
        return text
    }
}
