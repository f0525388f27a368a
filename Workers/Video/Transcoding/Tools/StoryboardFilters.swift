import AdaptiveStreaming

/// Small pictures, many in a file.
struct StoryboardFilters {
    static let folder = "storyboard"

    let board: Storyboard

    /// - Parameter tolerance: how much too early a picture may be, in seconds.
    func chain(tolerance: Double) -> String {
        let due = "gte(t\\,selected_n*\(MediaPlaylist.decimal(board.interval))-\(MediaPlaylist.decimal(tolerance)))"
        return "select='\(due)',scale=\(board.width):\(board.height),setsar=1,"
            + "tile=\(Storyboard.columns)x\(Storyboard.rows)"
    }

    /// Behind the filters.
    var output: [String] {
        let pictures = "\(Self.folder)/\(board.fileName(0).replacing("0", with: "%d"))"
        return ["-fps_mode", "passthrough", "-q:v", "5", "-f", "image2", "file:\(pictures)"]
    }
}
