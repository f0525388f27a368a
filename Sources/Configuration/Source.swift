/// The file a configuration came from, and where in it each setting stands.
package struct Source: Sendable {
    let file: String
    let text: [UInt8]
    let places: [SettingPath: Place]

    /// What stands behind a configuration that no file was read for.
    static let builtIn = Source(file: Configuration.defaultFiles[0], text: [], places: [:])

    /// Where a setting stands.
    struct Place: Sendable, Equatable {
        /// The line of its name, or of the element of a list; counted from 1.
        var line: Int
        /// The bytes of its value.
        var value: Range<Int>
    }

    /// The folder of the file; "." when its name has none.
    package var folder: String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    func hasSetting(_ path: SettingPath) -> Bool { places[path] != nil }

    /// The line of a setting, or of the nearest that contains it; `nil` when there is no file.
    func line(of path: SettingPath) -> Int? {
        if let place = places[path] { return place.line }
        return path.isEmpty ? nil : line(of: path.dropLast())
    }

    /// `FILE:LINE` of a setting.
    func place(of path: SettingPath) -> String {
        line(of: path).map { "\(file):\($0)" } ?? file
    }

    /// The value of a setting as it is written; empty when it is not in the file.
    func text(of path: SettingPath) -> ArraySlice<UInt8> { places[path].map { text[$0.value] } ?? [] }
}

extension Source: Equatable {
    /// Always true, so that configurations are equal when their settings are, on whatever lines they stand.
    package static func == (left: Source, right: Source) -> Bool { true }
}

extension Source: CustomStringConvertible {
    /// The file's name; its text may hold secrets.
    package var description: String { file }
}
