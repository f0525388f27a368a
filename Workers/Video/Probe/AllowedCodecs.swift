/// The decoders that ffmpeg may use of its five hundred: the fewer, the less of it a file can reach.
package enum AllowedCodecs {
    package static let video = [
        "h264", "hevc", "vp8", "vp9", "libdav1d", "mpeg4", "mpeg1video", "mpeg2video", "mjpeg", "png", "prores",
        "rawvideo",
    ]
    package static let audio = [
        "aac", "mp3float", "mp3", "mp2float", "mp2", "opus", "vorbis", "flac", "alac", "ac3", "eac3", "pcm_s16le",
        "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_f32le", "pcm_u8",
    ]
    package static let subtitles = ["mov_text", "subrip", "srt", "webvtt", "ass", "ssa", "text"]

    package static let all = video + audio + subtitles

    /// By the name of the codec, which is not always that of its decoder.
    static func canDecodeVideo(_ codec: String) -> Bool { codec == "av1" || video.contains(codec) }
    static func canDecodeAudio(_ codec: String) -> Bool { audio.contains(codec) }
}
