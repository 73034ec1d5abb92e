package orgdir;

import java.net.URI;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends requests to the path of the endpoint. The SDK does so by itself, except where a service speaks the Query protocol,
 * as STS does: there the path of an endpoint gets lost (aws-sdk-java-v2, issue 3387), and with it the world.
 */
record EndpointPath(URI endpoint) implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.httpRequest().toBuilder().encodedPath(endpoint.getRawPath()).build();
    }
}
