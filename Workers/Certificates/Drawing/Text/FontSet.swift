internal import CDrawing

/// The fonts that certificates may use: those below some folders, and no other of the machine, so that a certificate
/// looks the same everywhere. Made once; fontconfig only reads it afterwards, which any thread may do.
final class FontSet: @unchecked Sendable {
    private let c: DrawingFunctions
    let configuration: OpaquePointer

    /// - Parameter folders: absolute paths.
    init(_ libraries: DrawingLibraries, folders: [String]) throws(DrawingFailure) {
        c = libraries.functions
        let text = Array(Self.text(folders).utf8)
        let configuration = c.FcConfigCreate()!
        guard c.FcConfigParseAndLoadFromMemory(configuration, text + [0], 1) != 0,
            c.FcConfigBuildFonts(configuration) != 0
        else {
            c.FcConfigDestroy(configuration)
            throw DrawingFailure("The fonts in \(folders.joined(separator: ", ")) cannot be read; check the folders.")
        }
        self.configuration = configuration
    }

    deinit { c.FcConfigDestroy(configuration) }

    private static func text(_ folders: [String]) -> String {
        """
        <fontconfig>
        \(folders.map { "<dir>\(escaped($0))</dir>" }.joined())
        <cachedir>/var/cache/fontconfig</cachedir>
        <include ignore_missing="yes">/usr/share/fontconfig/conf.avail/10-scale-bitmap-fonts.conf</include>
        <alias binding="same"><family>emoji</family><prefer><family>Noto Color Emoji</family></prefer></alias>
        </fontconfig>
        """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
    }
}
