package dev.slipway.cloud.http;

import dev.slipway.cloud.http.message.BodyReader;
import dev.slipway.cloud.http.message.Head;
import dev.slipway.cloud.http.message.HeadReader;
import dev.slipway.cloud.http.message.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Requests as Netty's objects. What can't be read is the last that comes: a request or an end of a body with a failed result. From the
 * first request on that is for somebody else, the bytes come as they are.
 */
final class RequestDecoder extends ChannelInboundHandlerAdapter {
    private final HeadReader reader = new HeadReader(HeadReader.Kind.REQUEST);
    private final BodyReader body = new BodyReader();
    private final Predicate<String> elsewhere;
    private final Consumer<HttpMethod> methods;
    private State state = State.HEAD;

    private enum State {
        HEAD,
        BODY,
        /** All that follows is somebody else's. */
        ELSEWHERE,
        FAILED
    }

    /**
     * @param elsewhere of a host (lower case, without port), whether its requests are somebody else's
     * @param methods told the method of every request before it is passed on
     */
    RequestDecoder(Predicate<String> elsewhere, Consumer<HttpMethod> methods) {
        this.elsewhere = elsewhere;
        this.methods = methods;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && state != State.FAILED) {
                if (state == State.ELSEWHERE) {
                    context.fireChannelRead(in.readRetainedSlice(in.readableBytes()));
                } else if (state == State.HEAD) {
                    head(context, in);
                } else {
                    body(context, in);
                }
            }
        } finally {
            in.release();
        }
    }

    private void head(ChannelHandlerContext context, ByteBuf in) {
        try {
            if (!reader.read(in)) {
                return;
            }
        } catch (Malformed bad) {
            state = State.FAILED;
            DefaultHttpRequest broken = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
            broken.setDecoderResult(DecoderResult.failure(bad));
            methods.accept(broken.method());
            context.fireChannelRead(broken);
            return;
        }
        Head head = reader.head();
        if (elsewhere.test(head.host())) {
            state = State.ELSEWHERE;
            ByteBuf all = context.alloc().buffer();
            head.copyTo(all);
            context.fireChannelRead(all);
            return;
        }
        body.beginRequest(head);
        HttpRequest request = request(head);
        reader.reset();
        state = body.isDone() ? State.HEAD : State.BODY;
        methods.accept(request.method());
        context.fireChannelRead(request);
        if (state == State.HEAD) {
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private static HttpRequest request(Head head) {
        DefaultHttpRequest request = new DefaultHttpRequest(
                head.isOld() ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1,
                HttpMethod.valueOf(head.methodText()),
                head.target(),
                DefaultHttpHeadersFactory.headersFactory().withValidation(false));
        for (int i = 0; i < head.fields(); i++) {
            request.headers().add(head.fieldNameText(i), head.fieldValue(i));
        }
        return request;
    }

    private void body(ChannelHandlerContext context, ByteBuf in) {
        try {
            boolean done = body.read(
                    in,
                    (bytes, length) ->
                            context.fireChannelRead(new DefaultHttpContent(bytes.readRetainedSlice(length))));
            if (done) {
                state = State.HEAD;
                context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            }
        } catch (Malformed bad) {
            state = State.FAILED;
            DefaultLastHttpContent broken = new DefaultLastHttpContent();
            broken.setDecoderResult(DecoderResult.failure(bad));
            context.fireChannelRead(broken);
        }
    }
}
