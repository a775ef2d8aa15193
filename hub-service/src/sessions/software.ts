import {
  type AcceptedPlan,
  type Environment,
  isCustom,
  type SessionRequest,
} from '@beamtime/contract';

type Software = Pick<
  AcceptedPlan,
  | 'environmentPath'
  | 'image'
  | 'modules'
  | 'prologue'
  | 'addToPath'
  | 'custom'
  | 'rootDir'
  | 'defaultUrl'
>;

/** What the session starts in, and where it opens. The rules have accepted the request. */
export function softwareOf(
  request: SessionRequest,
  environments: readonly Environment[],
): Software {
  const { interface: look, root_dir: rootDir } = request;
  const defaultUrl =
    request.default_url ?? (look === 'notebook' ? '/tree' : undefined);
  return {
    ...(isCustom(request)
      ? customSoftware(request)
      : siteSoftware(request, environments)),
    ...(rootDir !== undefined && { rootDir }),
    ...(defaultUrl !== undefined && { defaultUrl }),
  };
}

function customSoftware({
  environment_path: path,
  environment_modules: modules = [],
}: SessionRequest): Software {
  return { ...pathOrImage(path), modules, custom: true };
}

function siteSoftware(
  { environment_id: id }: SessionRequest,
  environments: readonly Environment[],
): Software {
  const found =
    id === undefined
      ? environments[0]
      : environments.find((environment) => environment.id === id);
  const { path, image, modules = [], prologue, addToPath } = found ?? {};
  return {
    ...pathOrImage(image ?? path),
    modules,
    ...(prologue !== undefined && { prologue }),
    ...(addToPath === false && { addToPath }),
  };
}

/** An image is told by its ending, as in jupyterhub_moss. */
function pathOrImage(
  path: string | undefined,
): Pick<Software, 'environmentPath' | 'image'> {
  return path === undefined
    ? {}
    : path.endsWith('.sif')
      ? { image: path }
      : { environmentPath: path };
}
